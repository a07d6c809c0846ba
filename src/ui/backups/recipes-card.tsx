import { For, type JSX, Show } from 'solid-js';
import listCss from '../primitives/details-list.module.css';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { CopyBlock } from './advice-view';
import css from './backup.module.css';
import recipeCss from './recipes.module.css';
import { type RecipeId, type RecipeWay, blockOf, recipeIds, remoteOf, stepCounts, waysTo } from './recipe-list';

/** How to back up to a drive that lets no page in, one open at a time. */
export function RecipesCard(): JSX.Element {
  const { t, hasWords, wantWords } = useUi();
  wantWords('recipes');
  return (
    <Show when={hasWords('recipes')}>
      <Card title={t('recipes.title')}>
        <p class={paneCss['quiet']}>{t('recipes.words')}</p>
        <div class={listCss['list']}>
          <For each={recipeIds}>
            {(id) => (
              <details name="recipe">
                <summary>{t(`recipe.${id}`)}</summary>
                <p>{t(`recipe.${id}.words`)}</p>
                <For each={waysTo[id]}>{(way) => <Way id={id} way={way} />}</For>
                <p class={paneCss['quiet']}>{t('recipes.limits')}</p>
              </details>
            )}
          </For>
        </div>
      </Card>
    </Show>
  );
}

function Way(props: { readonly id: RecipeId; readonly way: RecipeWay }): JSX.Element {
  const { t } = useUi();
  const steps = (): readonly number[] => Array.from({ length: stepCounts[props.way] }, (_, index) => index + 1);
  const words = (step: number): string =>
    t(`recipe.${props.way}.${step}` as 'recipe.folder.1', {
      service: t(`recipe.${props.id}`),
      place: t(`recipe.${props.id}.place`),
      remote: remoteOf(props.id, props.way),
      driver: t(`recipe.${props.id}.driver`),
      origin: location.origin,
    });
  return (
    <section class={recipeCss['way']}>
      <h4 class={css['linkTitle']}>{t(`recipe.way.${props.way}`)}</h4>
      <ol class={css['numbered']}>
        <For each={steps()}>
          {(step) => (
            <li>
              {words(step)}
              <Show when={blockOf(props.id, props.way, step, location.origin)}>{(text) => <CopyBlock text={text()} />}</Show>
            </li>
          )}
        </For>
      </ol>
    </section>
  );
}
