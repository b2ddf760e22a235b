/**
 * HDF5 files of strangers, opened within bounds: whatever their tables say, following them takes no
 * more than a fixed share of time and memory. What is in the files is not known here.
 */
package backsweep.hdf;
