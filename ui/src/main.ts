import './tokens.css';
import './base.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { chooseBackend } from './lib/backend/choose';
import { Session } from './lib/data/session.svelte';
import { applyTheme, rememberedTheme } from './lib/frame/theme.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no place for the window.');
// Before anything is drawn, so that a dark window never flashes white.
applyTheme(rememberedTheme());
const backend = await chooseBackend();
mount(App, { target, props: { session: new Session(backend) } });
