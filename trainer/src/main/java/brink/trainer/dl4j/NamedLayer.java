package brink.trainer.dl4j;

import org.deeplearning4j.nn.api.Layer;

/**
 * A layer of a DL4J network.
 *
 * @param name as in its configuration, or its number
 * @param normalized whether all that its output goes to is batch normalization
 */
record NamedLayer(String name, Layer layer, boolean normalized) {}
