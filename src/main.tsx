// Boot only: refuse, or make the session and draw the app.

import { createSession } from './session/create-session';
import { findRefusal, surroundingsOf } from './session/surroundings';
import { mountApp } from './ui/app';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');

const refusal = findRefusal(surroundingsOf(window));
if (refusal === null) mountApp(root, createSession());
else void import('./session/refusal-page').then(({ showRefusal }) => showRefusal(root, refusal));
