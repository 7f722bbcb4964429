/**
 * What follows from an experiment's results without asking anybody: what to enter and what to ship,
 * and the report as tables and as a page.
 */
@NullMarked
package io.tencrop.gateway.report;

import org.jspecify.annotations.NullMarked;
