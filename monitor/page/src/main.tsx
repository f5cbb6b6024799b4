import 'uplot/dist/uPlot.min.css';
import './style.css';
import { render } from 'preact';
import { Monitor } from './api/monitor';
import { Recorded } from './api/recorded';
import { embedded } from './report/make';
import { App } from './ui/App';

const page = document.getElementById('page');
if (page !== null) {
  const recording = embedded();
  if (recording !== null && location.hash === '') {
    history.replaceState(null, '', recording.hash);
  }
  // Permalinks may be paths, which a monitor answers with this same page.
  if (recording === null && location.hash === '' && location.pathname !== '/') {
    history.replaceState(null, '', `/#${location.pathname}${location.search}`);
  }
  page.textContent = '';
  render(<App source={recording === null ? new Monitor() : new Recorded(recording)} />, page);
}
