/** What the tests of the commands share: a browser that opens what they wrote. */
package backsweep.testing;
