import { wechatJson } from '../../../src/importers/wechat/wechat-json';
import { describeConformance } from '../conformance';
import { ownSamplePath, sampleAt } from '../samples';

const files = ['weflow', 'weflow-short.json', 'echotrace.json', 'ciphertalk.json', 'chatlog.json', 'tables', 'page-3.json'];

describeConformance(
  wechatJson,
  files.map((path) => sampleAt(ownSamplePath(`wechat/${path}`), { hasEnd: true })),
);
