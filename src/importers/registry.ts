// All importers. Detection asks each of them; the order only decides which is listed first.

import type { Importer } from './importer';
import { whatsappText } from './whatsapp/importer';

export const importers: readonly Importer[] = [whatsappText];
