exports.plain = 'yes';
