// The harness of a later version: the same session under another title, so that its build differs.
import './harness';

document.title = 'harness, next version';
