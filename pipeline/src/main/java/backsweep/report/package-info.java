/**
 * From result tables to a page that people look at. It measures nothing: every number comes from
 * the tables, and every text from them is printed as text.
 */
package backsweep.report;
