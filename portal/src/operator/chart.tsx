// A line chart over weeks, with the same figures as a table for those who cannot
// see it.
import {useEffect, useRef} from 'preact/hooks';
import uPlot from 'uplot';
import {useConsole} from '../shared/console';
import {localeOf, type Language} from '../shared/language';

export interface Series {
  name: string;
  values: (number | null)[];
}

const HEIGHT = 220;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

interface Props {
  title: string;
  times: number[];  // seconds
  series: Series[];
  percent?: boolean;
  // The second and third series are the low and the high of the first.
  band?: boolean;
}

function optionsOf({times, series, percent, band}: Props, width: number, language: Language): uPlot.Options {
  const format = (value: number | null) => value === null ? '–'
    : value.toLocaleString(language, percent ? {style: 'percent', maximumFractionDigits: 1} : {});
  const day = (seconds: number) =>
    new Date(seconds * 1000).toLocaleDateString(localeOf(language), {day: 'numeric', month: 'short', timeZone: 'UTC'});
  const strokes = ['--accent', band ? '--line-strong' : '--bad', '--line-strong'];
  const axis = {font: `12px ${colour('--font')}`, stroke: colour('--quiet'), grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}};
  return {
    width, height: HEIGHT, legend: {show: false}, cursor: {y: false},
    scales: {x: {time: true, range: [times[0]!, times.at(-1)!]},
      y: {range: (_, __, high) => [0, percent ? 1 : Math.max(1, high * 1.1)]}},
    axes: [{...axis, values: (_, splits) => splits.map(day)},
      {...axis, size: 56, values: (_, splits) => splits.map(format)}],
    series: [{}, ...series.map(({name}, i) => ({
      label: name, stroke: colour(strokes[i] ?? '--accent'), width: band && i > 0 ? 1 : 2, points: {show: i === 0},
    }))],
    bands: band ? [{series: [3, 2], fill: `${colour('--accent')}22`}] : [],
  };
}

export function Chart(props: Props) {
  const {language, number, percent} = useConsole();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current!;
    const data = [props.times, ...props.series.map((one) => one.values)] as uPlot.AlignedData;
    const plot = new uPlot(optionsOf(props, box.clientWidth, language), data, box);
    const resized = new ResizeObserver(() => plot.setSize({width: box.clientWidth, height: HEIGHT}));
    resized.observe(box);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [JSON.stringify(props), language]);
  const show = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : props.percent ? percent(value) : number(value);
  return <figure class="chart card">
    <figcaption>{props.title}</figcaption>
    <div ref={place} class="chart-place" aria-hidden="true"/>
    <p class="legend">{props.series.slice(0, props.band ? 1 : undefined).map((one, i) =>
      <span key={one.name} class={`series-${i}`}>{one.name}</span>)}</p>
    <div class="hidden"><table><caption>{props.title}</caption>
      <thead><tr><th/>{props.series.map((one) => <th key={one.name} scope="col">{one.name}</th>)}</tr></thead>
      <tbody>{props.times.map((time, i) => <tr key={time}>
        <th scope="row">{new Date(time * 1000).toLocaleDateString(localeOf(language))}</th>
        {props.series.map((one) => <td key={one.name}>{show(one.values[i])}</td>)}</tr>)}</tbody></table></div>
  </figure>;
}
