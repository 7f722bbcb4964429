// What charts have in common.
import * as echarts from 'echarts/core';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
import { Piece } from './elements.js';

echarts.use([GridComponent, TooltipComponent, CanvasRenderer]);

const DARK = matchMedia('(prefers-color-scheme: dark)');

/**
 * An element that is a chart, drawn anew when its properties, its size or the mode of colours change.
 * Its `option(look)` is that of ECharts; `look` has the colours and fonts of the style sheet, resolved for the mode at hand.
 */
export class Chart extends Piece {
  connectedCallback() {
    super.connectedCallback();
    this.resized = new ResizeObserver(() => this.chart?.resize());
    this.resized.observe(this);
    this.recolor = () => this.draw();
    DARK.addEventListener('change', this.recolor);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
    DARK.removeEventListener('change', this.recolor);
    this.chart?.dispose();
    this.chart = undefined;
  }

  updated() {
    this.draw();
  }

  draw() {
    this.chart ??= echarts.init(this, null, { renderer: 'canvas' });
    const look = lookOf(getComputedStyle(this));
    this.chart.setOption({ animation: false, textStyle: look.font, ...this.option(look) }, { replaceMerge: ['series'] });
  }
}

function lookOf(style) {
  const { color: ink, borderTopColor: rule, backgroundColor: surface, textDecorationColor: text, outlineColor: accent, columnRuleColor: good, fontFamily } = style;
  return {
    ink,
    rule,
    text,
    accent,
    good,
    fontFamily,
    font: { color: ink, fontFamily, fontSize: 11 },
    tooltip: { backgroundColor: surface, borderColor: rule, textStyle: { color: text, fontSize: 12, fontFamily } },
  };
}
