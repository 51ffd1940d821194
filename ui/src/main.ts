import './tokens.css';
import './base.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { chooseBackend } from './lib/backend/choose';
import { Session } from './lib/data/session.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no place for the window.');
const backend = await chooseBackend();
mount(App, { target, props: { session: new Session(backend) } });
