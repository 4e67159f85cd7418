using AppStack.Operations.Load;

namespace AppStack.Operations.Drills.Databases;

/// <summary>What one fault cost.</summary>
/// <param name="Name">What was done, to which node.</param>
/// <param name="Writes">What the writer saw from the fault until the platform was whole again.</param>
/// <param name="MarginMs">From the last write that the old leader accepted to the first of the new one, in milliseconds; null when it was not measured or is not known.</param>
/// <param name="Figures">The limited values.</param>
/// <param name="Steps">The steps, in order.</param>
public sealed record DatabaseDrillPartReport(string Name, WriteReport Writes, double? MarginMs, IReadOnlyList<DrillFigure> Figures, IReadOnlyList<DrillStepTime> Steps)
{
    /// <summary>Whether the margin was to be measured. Default: where it is known.</summary>
    public bool HasMargin { get; init; } = MarginMs is not null;

    /// <summary>What did not go as it should, besides the figures: a part that was not done to its end, a margin that nobody knows.</summary>
    public IReadOnlyList<string> Complaints { get; init; } = [];

    /// <summary>Whether every value is within its limit, and there is nothing to complain about.</summary>
    public bool Passed => Complaints.Count == 0 && Figures.All(figure => figure.Ok);

    /// <summary>Judges.</summary>
    /// <param name="name">What was done, to which node.</param>
    /// <param name="writes">What the writer saw.</param>
    /// <param name="marginMs">The margin, where measured.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="steps">The steps.</param>
    public static DatabaseDrillPartReport Of(string name, WriteReport writes, double? marginMs, DatabaseDrillLimits limits, IReadOnlyList<DrillStepTime> steps)
    {
        var figures = new List<DrillFigure>();
        Limit("failed", writes.Failed, limits.Failed);
        Limit("recoveryMs", writes.RecoveryMs, limits.RecoveryMs);
        Limit("longestGapMs", writes.LongestGapMs, limits.LongestGapMs);
        Limit("slowestMs", writes.SlowestMs, limits.SlowestMs);
        if (marginMs is { } margin)
        {
            Limit("overlapMs", -margin, limits.OverlapMs);
        }

        return new(name, writes, marginMs, figures, steps);

        void Limit(string figure, double value, double? limit)
        {
            if (limit is { } most)
            {
                figures.Add(new DrillFigure(figure, value, most));
            }
        }
    }
}
