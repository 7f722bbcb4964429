/**
 * Ensembles and models that others learn from. {@link
 * io.tencrop.evaluator.teacher.TeacherComposition} puts together what one answers for training
 * images; {@link io.tencrop.evaluator.teacher.DistilledGains} says how much of its gain its
 * students kept.
 */
@NullMarked
package io.tencrop.evaluator.teacher;

import org.jspecify.annotations.NullMarked;
