// Texts of the server in the page. They are always text nodes, never markup.
import {Fragment} from 'preact';
import type {ArticleJson, BlockJson} from '../../gen/kbsearch/v1/article_pb';
import type {TextSpanJson} from '../../gen/kbsearch/v1/search_service_pb';

export function Spans({spans, tag: Tag = 'mark'}: {spans?: TextSpanJson[]; tag?: 'mark' | 'strong'}) {
  return <>{(spans ?? []).map((span, i) =>
    span.highlighted ? <Tag key={i}>{span.text}</Tag> : <Fragment key={i}>{span.text}</Fragment>)}</>;
}

export function Paragraphs({text}: {text?: string}) {
  const paragraphs = (text ?? '').split('\n').filter((paragraph) => paragraph.trim());
  return <>{paragraphs.map((paragraph, i) => <p key={i}>{paragraph}</p>)}</>;
}

// An address that a link may lead to; others (javascript:, data:) are dropped.
export function webAddress(text: string | undefined): string {
  try {
    const url = new URL(text ?? '');
    return ['http:', 'https:'].includes(url.protocol) ? url.href : '';
  } catch {
    return '';
  }
}

const kindOf = (block: BlockJson) => (block.kind ?? '').replace('KIND_', '');

// Neighbouring list items and table rows become one list, one table.
export function groupBlocks(blocks: BlockJson[]): BlockJson[][] {
  const groups: BlockJson[][] = [];
  for (const block of blocks) {
    const kind = kindOf(block);
    const last = groups.at(-1);
    const joins = kind === 'LIST_ITEM' || kind === 'TABLE_ROW';
    if (joins && last && kindOf(last[0]!) === kind) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function BlockGroup({group, prefix}: {group: BlockJson[]; prefix: string}) {
  const block = group[0]!;
  const id = block.anchor ? prefix + block.anchor : undefined;
  switch (kindOf(block)) {
    case 'LIST_ITEM':
      return <ul>{group.map((item, i) => <li key={i}>{item.text}</li>)}</ul>;
    case 'TABLE_ROW':
      return <div class="rows">{group.map((row, i) => <p key={i}>{row.text}</p>)}</div>;
    case 'CODE':
      return <pre tabIndex={0}>{block.text}</pre>;
    case 'HEADING': {
      // The page's own title is its h1; an article's headings start below it.
      const level = Math.min(4, Math.max(2, (block.level ?? 1)));
      const Heading = `h${level}` as 'h2';
      return <Heading id={id}>{block.text}</Heading>;
    }
    default:
      return <p id={id}>{block.text}</p>;
  }
}

// `prefix` keeps an article's anchors apart from the page's own ids.
export function ArticleBody({article, wanted, prefix = 'a-'}:
    {article: ArticleJson; wanted?: string; prefix?: string}) {
  return <div class="prose" lang={article.languageCode}>
    {groupBlocks(article.blocks ?? []).map((group, i) => <BlockGroup key={i} group={group} prefix={prefix}/>)}
    {(article.entries ?? []).map((entry) =>
      <section key={entry.entryId} id={prefix + (entry.entryId ?? '')}
          class={entry.entryId === wanted ? 'entry wanted' : 'entry'}>
        <h2>{entry.question}</h2>
        <Paragraphs text={entry.answer}/>
      </section>)}
  </div>;
}
