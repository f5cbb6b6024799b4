/**
 * The zip files of DL4J's ModelSerializer, read without belief in any length that they promise:
 * whatever a file says, what is taken of it into memory is bounded before it is taken.
 */
@NullMarked
package brink.trainer.dl4j.zip;

import org.jspecify.annotations.NullMarked;
