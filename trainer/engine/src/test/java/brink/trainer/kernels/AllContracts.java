package brink.trainer.kernels;

/** Everything that kernels have to fulfil. */
public interface AllContracts
    extends VectorContract,
        ActivationContract,
        NormalizationContract,
        RowNormalizationContract,
        ColumnContract,
        ConvolutionContract,
        PoolingContract,
        LossContract {}
