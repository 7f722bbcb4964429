/**
 * Where images come from. A source (IDX or CIFAR files, a directory or an archive of class folders;
 * local, in the object store, downloaded, or carried along) is read once into a {@link
 * io.tencrop.dataset.source.SourceSnapshot}, which says what is in it and under which digest;
 * {@link io.tencrop.dataset.source.SourceImages} then gives the images that a snapshot names.
 */
@NullMarked
package io.tencrop.dataset.source;

import org.jspecify.annotations.NullMarked;
