namespace AppStack.Operations.Waf;

/// <summary>One request of a test and what must come of it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Expectation">What must come of it.</param>
/// <param name="Line">Where it stands in its file.</param>
public sealed record WafStage(WafRequest Request, WafExpectation Expectation, int Line);
