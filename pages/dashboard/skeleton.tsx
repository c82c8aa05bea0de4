// Where data will come.

export function Skeleton() {
  return (
    <div class="content-parts" role="status" aria-label="Loading">
      <div class="cards">
        {['cost', 'requests', 'errors', 'cache', 'tokens', 'latency'].map((name) => (
          <div key={name} class="card figure">
            <span class="skeleton skeleton-label" />
            <span class="skeleton skeleton-value" />
            <span class="skeleton skeleton-label" />
          </div>
        ))}
      </div>
      <div class="card skeleton-chart">
        <span class="skeleton" />
      </div>
      <div class="card skeleton-table">
        {[1, 2, 3, 4, 5, 6].map((row) => (
          <span key={row} class="skeleton" />
        ))}
      </div>
    </div>
  );
}
