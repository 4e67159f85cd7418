namespace Dilosi.Declarations;

/// <summary>What a citizen declares.</summary>
/// <param name="Type">The kind of document.</param>
/// <param name="FirstName">The declarant's first name.</param>
/// <param name="LastName">The declarant's last name.</param>
/// <param name="TaxNumber">The declarant's tax number; nine digits, the last of which checks the others.</param>
/// <param name="Recipient">The authority or person to which the document is shown.</param>
/// <param name="Text">What is declared.</param>
public sealed record Declaration(DeclarationType Type, string FirstName, string LastName, string TaxNumber, string Recipient, string Text);
