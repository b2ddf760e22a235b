/**
 * Pictures in files of their own, PNG and JPEG files of strangers: folders of them, one a class, as
 * labelled images, and the pictures that triggers put into images ({@link
 * backsweep.pictures.PngFile}); and images as PNG files to look at ({@link
 * backsweep.pictures.NewPng}).
 *
 * <p>What a file says about itself is looked at before memory is taken or a decoder runs, and the
 * decoder, that of the JDK, gets only the parts that make up the pixels: no colour profiles, texts
 * or thumbnails. What decides is what is in a file, never its name. Nothing here knows where files
 * are kept, a network or Spark.
 */
package backsweep.pictures;
