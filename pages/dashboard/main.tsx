import './dashboard.css';
import { render } from 'preact';
import { DashboardPage } from './dashboard_page.tsx';
import { keepLoaded } from './load.ts';

keepLoaded();
render(<DashboardPage />, document.querySelector('#page') as HTMLElement);
