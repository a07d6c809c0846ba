import { wechatText } from '../../../src/importers/wechat/wechat-text';
import { describeConformance } from '../conformance';
import { ownSamplePath, sampleAt } from '../samples';

const folders = ['texts-block', 'texts-quoted', 'texts-inline', 'texts-numbered', 'texts-yearless'];

describeConformance(
  wechatText,
  folders.map((path) => sampleAt(ownSamplePath(`wechat/${path}`))),
);
