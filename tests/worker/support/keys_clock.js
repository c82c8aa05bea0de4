// The clock of an isolate in tests: ahead of the real one, or standing still. Alarms of Durable Objects keep their
// distance, so those that are set while it is ahead come as soon as they would.

const realNow = Date.now;
let ahead = 0;
let still = null;
Date.now = () => still ?? realNow.call(Date) + ahead;

export const clock = {
  /** @param {{ aheadMs?: number, still?: boolean }} wish */
  set(wish) {
    still = null;
    ahead = wish.aheadMs ?? ahead;
    if (wish.still) still = Date.now();
  },

  /** @param {DurableObjectState} context @returns {DurableObjectState} the same */
  applyTo(context) {
    const storage = Object.getPrototypeOf(context.storage);
    const { setAlarm } = storage;
    if (!setAlarm.isOfClock) {
      storage.setAlarm = function (ms, ...rest) {
        return setAlarm.call(this, ms - ahead, ...rest);
      };
      storage.setAlarm.isOfClock = true;
    }
    return context;
  },
};
