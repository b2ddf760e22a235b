/**
 * The detector G at work, for programs that have its folder: {@link backsweep.goodnet.GoodNet}
 * answers for one image what {@code classify} answers for many.
 *
 * <p>A folder may come from anybody: {@link backsweep.goodnet.GoodNetFile} looks at what is in it
 * before any of it is run. Nothing here knows Spark, or files that are not on the local disk.
 */
package backsweep.goodnet;
