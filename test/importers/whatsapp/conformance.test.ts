import { describeConformance } from '../conformance';
import { ownSamplePath, sampleAt, sampleOf } from '../samples';
import { whatsappText } from '../../../src/importers/whatsapp/importer';

const names = ['WhatsApp Chat with Bob.txt', 'family', 'android-ar.txt', 'android-zh.txt', 'stitched.txt', 'ambiguous.txt'];

describeConformance(whatsappText, [
  ...names.map((name) => sampleAt(ownSamplePath(`whatsapp/${name}`))),
  sampleOf('text before the first header', { 'a.txt': 'tail of a message\n\n6/30/23, 16:13 - Bob: hi\r\n\r\n6/30/23, 16:14 - Ann: yes' }),
]);
