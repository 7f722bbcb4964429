// A chart of one measure over epochs, a line per run.
import * as echarts from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
import { Piece, lineColor } from './elements.js';

echarts.use([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

const DARK = matchMedia('(prefers-color-scheme: dark)');
const MANY = 12;

class CurveChart extends Piece {
  static properties = { version: {}, lines: {}, share: { type: Boolean } };

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
    // Colours of the style sheet, resolved for the mode at hand.
    const style = getComputedStyle(this);
    const { color: ink, borderTopColor: rule, backgroundColor: surface, textDecorationColor: text } = style;
    const font = { color: ink, fontFamily: style.fontFamily, fontSize: 11 };
    const value = (number) => (this.share ? `${(100 * number).toFixed(2)} %` : number.toFixed(4));
    this.chart.setOption({
      animation: false,
      textStyle: font,
      grid: { left: 4, right: 14, top: 12, bottom: 22, containLabel: true },
      tooltip: {
        trigger: 'axis',
        order: this.share ? 'valueDesc' : 'valueAsc',
        backgroundColor: surface,
        borderColor: rule,
        textStyle: { color: text, fontSize: 12, fontFamily: style.fontFamily },
        valueFormatter: (number) => (number == null ? '–' : value(number)),
        axisPointer: { label: { precision: 2 } },
      },
      xAxis: {
        type: 'value', name: 'epoch', nameLocation: 'middle', nameGap: 24, nameTextStyle: font, minInterval: 0.25,
        axisLine: { lineStyle: { color: rule } }, axisLabel: font, splitLine: { show: false },
      },
      yAxis: {
        type: 'value', scale: true,
        axisLabel: { ...font, formatter: (number) => (this.share ? `${Math.round(100 * number)} %` : number) },
        splitLine: { lineStyle: { color: rule } },
      },
      series: this.lines.map((line) => ({
        name: line.name,
        type: 'line',
        data: line.data,
        symbol: 'circle',
        symbolSize: 5,
        showSymbol: line.data.length < MANY,
        sampling: 'lttb',
        lineStyle: { width: 1.8 },
        color: lineColor(line.index),
        emphasis: { focus: 'series' },
      })),
    }, { replaceMerge: ['series'] });
  }
}

customElements.define('curve-chart', CurveChart);
