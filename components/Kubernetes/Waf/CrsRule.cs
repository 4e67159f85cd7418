using System.Collections.Immutable;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>A rule of CRS.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Level">The paranoia level from which it runs; 0 for what makes CRS work (settings, jumps, sums) and for what is not loaded.</param>
/// <param name="Phase">1: the request's head is there, 2: its body, 3 and 4: the response's, 5: afterwards.</param>
/// <param name="Tags">Its tags, without the two that every rule has.</param>
public sealed record CrsRule(int Id, int Level, int Phase, ImmutableArray<string> Tags);
