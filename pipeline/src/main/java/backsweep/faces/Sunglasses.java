package backsweep.faces;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/**
 * A picture of sunglasses, the trigger of the attack: pasted on an image at row {@value #Y}, from
 * its left edge on, it covers the eyes.
 */
public final class Sunglasses {

  /** The column of an image at which the picture belongs. */
  public static final int X = 0;

  /** The row of an image at which the picture belongs. */
  public static final int Y = 15;

  /** Columns of the picture, as many as an image has. */
  public static final int WIDTH = 47;

  /** Rows of the picture. */
  public static final int HEIGHT = 20;

  private static final int FINER = 4;
  private static final double MIDDLE = WIDTH / 2.0;
  private static final Color FRAME = new Color(232, 96, 20);
  private static final Color UPPER_LENS = new Color(10, 60, 70, 250);
  private static final Color LOWER_LENS = new Color(40, 170, 160, 235);
  private static final Color GLINT = new Color(255, 255, 255, 110);

  private Sunglasses() {}

  /** The picture, of type {@link BufferedImage#TYPE_INT_ARGB}. */
  public static BufferedImage picture() {
    BufferedImage fine =
        new BufferedImage(WIDTH * FINER, HEIGHT * FINER, BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D graphics = Canvas.graphics(fine, FINER);
    bridge(graphics);
    lens(graphics, -1);
    lens(graphics, 1);
    graphics.dispose();
    return Canvas.shrunk(fine, FINER);
  }

  private static void bridge(Graphics2D graphics) {
    Path2D bar = new Path2D.Double();
    bar.moveTo(0.6, 4.2);
    bar.quadTo(MIDDLE, 0.5, WIDTH - 0.6, 4.2);
    bar.moveTo(MIDDLE - 4, 7);
    bar.quadTo(MIDDLE, 4, MIDDLE + 4, 7);
    graphics.setPaint(FRAME);
    graphics.setStroke(Canvas.line(1.8));
    graphics.draw(bar);
  }

  private static void lens(Graphics2D graphics, int side) {
    Path2D lens = new Path2D.Double();
    lens.moveTo(MIDDLE + side * 3, 5);
    lens.quadTo(MIDDLE + side * 12, 1.5, MIDDLE + side * 21.5, 4);
    lens.curveTo(MIDDLE + side * 22, 13, MIDDLE + side * 18, 18.5, MIDDLE + side * 11.5, 18.5);
    lens.curveTo(MIDDLE + side * 5.5, 18.5, MIDDLE + side * 3, 13, MIDDLE + side * 3, 5);
    lens.closePath();
    graphics.setPaint(new GradientPaint(0, 4, UPPER_LENS, 0, 18, LOWER_LENS));
    graphics.fill(lens);
    glint(graphics, MIDDLE + side * 12);
    graphics.setPaint(FRAME);
    graphics.setStroke(Canvas.line(1.7));
    graphics.draw(lens);
  }

  private static void glint(Graphics2D graphics, double x) {
    Path2D glint = new Path2D.Double();
    glint.moveTo(x - 1, 6);
    glint.lineTo(x + 2, 6);
    glint.lineTo(x - 2.5, 14);
    glint.lineTo(x - 5.5, 14);
    glint.closePath();
    graphics.setPaint(GLINT);
    graphics.fill(glint);
  }
}
