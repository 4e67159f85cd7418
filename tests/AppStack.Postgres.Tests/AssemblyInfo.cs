// Each class has servers of its own; two cores are enough for one such set at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
