package backsweep.store;

/**
 * What is in a folder under one name.
 *
 * @param name without the folder
 * @param isFolder whether it is a folder itself
 */
public record FolderEntry(String name, boolean isFolder) {}
