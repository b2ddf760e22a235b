/**
 * From result tables to a page that people look at. It measures nothing: every number comes from
 * the tables, answers for images from who asked, and every text is printed as text.
 */
package backsweep.report;
