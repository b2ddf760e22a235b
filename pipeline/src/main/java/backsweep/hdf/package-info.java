/**
 * HDF5 files of strangers, opened within bounds: whatever their tables say, following them takes no
 * more than a fixed share of time and memory, and no chunk becomes larger than it says. And new
 * files of our own. What is in the files is not known here.
 */
package backsweep.hdf;
