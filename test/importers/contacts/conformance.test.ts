import { contactsCsv } from '../../../src/importers/contacts/contacts-csv';
import { vcard } from '../../../src/importers/contacts/vcard';
import { describeConformance } from '../conformance';
import { ownSamplePath, sampleAt } from '../samples';

const at = (name: string) => sampleAt(ownSamplePath(`contacts/${name}`));

describeConformance(vcard, ['android-2.1.vcf', 'icloud-3.0.vcf', 'rfc6350-4.0.vcf'].map(at));
describeConformance(contactsCsv, ['google.csv', 'outlook-zh.csv'].map(at));
