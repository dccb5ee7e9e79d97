import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

/**
 * A line for each series, as an SVG document.
 *
 * @param {{ x: number, y: number, series: string, panel?: string }[]} points those of each panel side
 *   by side
 * @param {{ x: object, y: object }} scales what Plot is to make of x and y
 */
export function lines(points, { x, y }) {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const panels = [...new Set(points.map(({ panel = '' }) => panel))]
  const names = [...new Set(points.map(({ series }) => series))]
  const svg = Plot.plot({
    document,
    width: 360 * panels.length + 160,
    height: 320,
    marginLeft: 50,
    marginRight: 140,
    marginTop: 40,
    style: { background: 'white', color: 'black' },
    x: { grid: true, ...x },
    y: { grid: true, ...y },
    fx: { label: null, padding: 0.1, domain: panels },
    color: { domain: names },
    marks: [
      Plot.frame({ stroke: '#ccc' }),
      Plot.line(points, {
        x: 'x',
        y: 'y',
        fx: ({ panel = '' }) => panel,
        stroke: 'series',
        marker: 'circle',
      }),
      ...names.map((name, index) => legend(name, index, panels.at(-1))),
    ],
  })
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return svg.outerHTML
}

/** The name of a series, right of the last panel. */
function legend(name, index, panel) {
  return Plot.text([name], {
    fx: [panel],
    text: [name],
    fill: [name],
    frameAnchor: 'top-right',
    textAnchor: 'start',
    dx: 10,
    dy: 16 * index,
  })
}
