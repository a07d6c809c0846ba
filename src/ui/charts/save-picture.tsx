import type { JSX } from 'solid-js';
import { Menu } from '../primitives/menu';
import { saveFile, saveText } from '../primitives/save-file';
import { useUi } from '../ui';
import { createPicture, type Picture, pngOf, shownColours, svgText } from './picture';

export interface PictureSource {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly words: string;
  readonly draw: (picture: Picture) => void;
}

/** What `source` draws, under its heading, in the colours of the screen. */
export function drawPicture({ title, words, draw }: PictureSource, foot: string): SVGSVGElement {
  const picture = createPicture(shownColours());
  picture.heading(title, words);
  draw(picture);
  return picture.finish(foot);
}

/** A menu that saves a chart as a picture. */
export function SavePicture(props: { readonly source: () => PictureSource }): JSX.Element {
  const { t, toasts } = useUi();
  const make = (): SVGSVGElement => drawPicture(props.source(), t('app.name'));
  const savePng = async (): Promise<void> => {
    const name = `${props.source().name}.png`;
    saveFile(new File([await pngOf(make())], name, { type: 'image/png' }), name);
  };
  return (
    <Menu
      icon="save"
      label={t('picture.save', { what: props.source().title })}
      items={[
        { label: t('picture.png'), icon: 'image', run: () => void savePng().catch(toasts.fail) },
        { label: t('picture.svg'), icon: 'image', run: () => saveText(svgText(make()), `${props.source().name}.svg`, 'image/svg+xml') },
      ]}
    />
  );
}
