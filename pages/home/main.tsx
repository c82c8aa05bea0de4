import '../common/style.css';
import { render } from 'preact';
import { Shell } from '../common/shell.tsx';

render(<Shell path="/">Soon</Shell>, document.querySelector('#page') as HTMLElement);
