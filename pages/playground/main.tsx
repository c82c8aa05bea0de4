import './playground.css';
import { render } from 'preact';
import { keepModels } from './models.ts';
import { PlaygroundPage } from './playground_page.tsx';
import { keepState } from './state/store.ts';

keepState();
keepModels();
render(<PlaygroundPage />, document.querySelector('#page') as HTMLElement);
