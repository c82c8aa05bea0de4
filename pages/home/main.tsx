import './home.css';
import { render } from 'preact';
import { HomePage } from './home_page.tsx';
import { keepLoaded } from './load.ts';

keepLoaded();
render(<HomePage />, document.querySelector('#page') as HTMLElement);
