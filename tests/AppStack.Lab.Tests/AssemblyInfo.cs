// Drills count what is lost in milliseconds; machines that boot beside them would be measured too.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
