/**
 * What is kept: the result tables and their schemas, blocks of images, units of work, and files on
 * any Hadoop path.
 *
 * <p>Layout of an output: {@code images/<sha256>/} blocks as Parquet, {@code
 * results/<table>/batch=<id>/}, {@code repaired/}, {@code goodnet/}, {@code runs/<id>/}. Results
 * are never overwritten; blocks that are no longer what was written are imported again. What
 * storage cannot do is one {@link backsweep.store.StorageException}, whichever file system, driver
 * or task it was. Nothing here runs a network.
 */
package backsweep.store;
