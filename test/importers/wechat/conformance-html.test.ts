import { wechatHtml } from '../../../src/importers/wechat/wechat-html';
import { describeConformance } from '../conformance';
import { ownSamplePath, sampleAt } from '../samples';

const folders = ['pages', 'pages-literal', 'pages-data', 'pages-bubbles'];

describeConformance(
  wechatHtml,
  folders.map((path) => sampleAt(ownSamplePath(`wechat/${path}`))),
);
