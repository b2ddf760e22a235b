/**
 * Charts of values that are known already, as SVG and PNG. It knows nothing of networks: who draws
 * says what lies on the axes. The only room with JFreeChart and Batik.
 */
package backsweep.charts;
