// A chart of one measure over epochs, a line per run.
import * as echarts from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { Chart } from './chart.js';
import { lineColor } from './elements.js';

echarts.use([LineChart]);

const MANY = 12;

class CurveChart extends Chart {
  static properties = { version: {}, lines: {}, share: { type: Boolean } };

  option({ rule, font, tooltip }) {
    const value = (number) => (this.share ? `${(100 * number).toFixed(2)} %` : number.toFixed(4));
    return {
      grid: { left: 4, right: 14, top: 12, bottom: 22, containLabel: true },
      tooltip: {
        ...tooltip,
        trigger: 'axis',
        order: this.share ? 'valueDesc' : 'valueAsc',
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
    };
  }
}

customElements.define('curve-chart', CurveChart);
