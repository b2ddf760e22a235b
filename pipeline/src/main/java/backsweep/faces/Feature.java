package backsweep.faces;

/** Something of a person that is drawn, of one size and colour for all images. */
interface Feature {

  /** Draws it as it is in one image. */
  void paint(Sketch sketch, Shot shot);
}
