import { wechatCsv } from '../../../src/importers/wechat/wechat-csv';
import { describeConformance } from '../conformance';
import { ownSamplePath, sampleAt } from '../samples';

const folders = ['table-rows', 'table-rows-of-one', 'table-numbered', 'table-worded', 'table-shown'];

describeConformance(
  wechatCsv,
  folders.map((path) => sampleAt(ownSamplePath(`wechat/${path}`))),
);
