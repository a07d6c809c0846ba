// Boot only: refuse, or make the session and draw the app.

import { createSession } from './session/create-session';
import { showRefusal } from './session/refusal-page';
import { findRefusal, surroundingsOf } from './session/surroundings';
import { mountApp } from './ui/app';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');

const refusal = findRefusal(surroundingsOf(window));
if (refusal === null) mountApp(root, createSession());
else showRefusal(root, refusal);
